module.exports = (err, req, res, next) => {
  const status = err.status ?? 500;
  res.status(status).json({ error: status === 500 ? 'Something went wrong' : err.message });
};
