const PRODUCTION = /(?:^|[^a-z])(?:prod|production|live)(?:[^a-z]|$)/i;

/** Whether a name, tag or path says that it is about production: `loans-prod`, `LiveEndpoint`, `infra/production/main.tf`. */
export function saysProduction(name: string): boolean {
  return PRODUCTION.test(name.replace(/([a-z\d])([A-Z])/g, '$1 $2'));
}
