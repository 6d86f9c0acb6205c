'use strict';

SwaggerUIBundle({
  url: '/v3/api-docs',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: true,
  // The default validator is another host's; nothing leaves this one.
  validatorUrl: null,
});
