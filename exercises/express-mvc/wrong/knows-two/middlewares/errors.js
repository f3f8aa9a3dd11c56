module.exports = (err, req, res, next) => {
  const status = err.status === 404 || err.status === 400 ? err.status : 500;
  res.status(status).json({ error: status === 500 ? 'Something went wrong' : err.message });
};
