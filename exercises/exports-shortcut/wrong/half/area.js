const rectangle = (width, height) => width * height;
const circle = (radius) => Math.PI * radius ** 2;

module.exports = rectangle;
module.exports.circle = circle;
