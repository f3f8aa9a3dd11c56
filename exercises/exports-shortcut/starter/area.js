const rectangle = (width, height) => width * height;
const circle = (radius) => Math.PI * radius ** 2;

exports = { rectangle, circle };
