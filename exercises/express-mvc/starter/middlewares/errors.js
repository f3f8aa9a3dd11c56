// The error handler.
module.exports = (err, req, res, next) => {
  next(err);
};
