/** Where the server answers. A phone reaches it at https, under a domain that the app's console names. */
exports.baseUrl = 'http://127.0.0.1:8787';
