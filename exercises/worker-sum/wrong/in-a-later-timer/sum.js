const addSteps = require('./steps.js');

module.exports = (to) =>
  new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(addSteps(to));
      } catch (error) {
        reject(error);
      }
    }, 50);
  });
