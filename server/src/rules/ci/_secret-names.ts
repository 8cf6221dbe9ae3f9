import { isSecretName } from '../../knowledge/secrets/index.js';

const SETTING =
  /(?:^|_)(?:NAME|USER|USERNAME|URL|URI|HOST|HOSTNAME|REGION|BUCKET|EMAIL|ID|ACCOUNT|REPOSITORY|REPO|PROJECT|REGISTRY|PATH|DOMAIN|ENDPOINT|ZONE|CLUSTER|SERVER|PORT|OWNER|ORG|IPS?|ADDRESS|ARN|SUBNET|VPC|NAMESPACE|WORKSPACE|LOCATION|ORGANIZATION|TENANT|VERSION|ENV|ENVIRONMENT)\d?$/;
/** Addresses of these often hold a password or are one. */
const OPENS = /WEBHOOK|DATABASE|DB_UR|REDIS|MONGO|SENTRY|DSN|AMQP|SLACK|DISCORD|TEAMS/;

/** True for a name such as `AWS_REGION`: people keep settings among their secrets too. In upper case. */
export function isSettingName(name: string): boolean {
  return SETTING.test(name) && !OPENS.test(name) && !isSecretName(name);
}
