module.exports = {
  apps: [
    {
      name: 'server',
      script: 'server.js',
    },
  ],
};
