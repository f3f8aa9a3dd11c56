exports.price = (cents) => `${(cents / 100)} EUR`;
