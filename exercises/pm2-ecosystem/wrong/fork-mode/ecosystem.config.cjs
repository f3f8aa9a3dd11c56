module.exports = {
  apps: [
    {
      name: 'shop',
      script: 'server.js',
      exec_mode: 'fork',
      instances: 2,
      max_memory_restart: '200M',
      env: {
        NODE_ENV: 'development',
        PORT: 3000,
      },
      env_production: {
        NODE_ENV: 'production',
        PORT: 8080,
      },
    },
  ],
};
