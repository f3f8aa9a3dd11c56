exports.page = (text) => `<p>${text}</p>`;
