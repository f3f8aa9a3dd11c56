const https = require('node:https');

// Read key.pem and cert.pem, and answer over TLS.
