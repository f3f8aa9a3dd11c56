const rectangle = (width, height) => width * height;
const circle = (radius) => Math.round(Math.PI * radius ** 2);

module.exports = { rectangle, circle };
