/** The one issuer and resource that all variants verify for. */
export const ISSUER = 'https://as.bench.test'
export const RESOURCE = 'https://api.bench.test/profile'
