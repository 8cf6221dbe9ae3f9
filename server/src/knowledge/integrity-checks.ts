import { RAISING } from './data-frames/validation.js';

/** Calls that raise when a signature, a token or a schema does not hold, by resolved name. */
const RAISES = new RegExp(
  [
    // https://cryptography.io/en/latest/hazmat/primitives/asymmetric/rsa/#verification
    '^cryptography\\..*\\.verify$',
    // https://pynacl.readthedocs.io/en/latest/signing/
    '^nacl\\.signing\\.VerifyKey\\(\\)\\.verify$',
    '^(?:jwt|jose\\.jwt|authlib\\.jose\\.jwt)\\.decode$',
    // https://google-auth.readthedocs.io/en/master/reference/google.oauth2.id_token.html
    '^google\\.oauth2\\.id_token\\.verify_\\w+$',
    // https://github.com/sigstore/model-transparency
    '^(?:model_signing|sigstore)\\..*\\.verify\\w*$',
    '^(?:ecdsa|rsa)\\..*verify\\w*$|^rsa\\.verify$',
    // https://fastjsonschema.readthedocs.io
    '^fastjsonschema\\.validate$',
  ].join('|'),
);

/** Functions of a project, or methods, whose name says what they make sure of. */
const SAYS_SO =
  /(?:^|\.)_?(?:verify|validate|check|assert|ensure|enforce|require)_(?:\w+_)?(?:hash|checksum|digest|sha\d*|md5|integrity|signature|provenance|schema|token|auth\w*|permissions?|columns|drift|contract)(?:_\w+)?$/;

/** True for a call that raises when what it checks does not hold. */
export function checksOrRaises(name: string): boolean {
  return RAISES.test(name) || RAISING.test(name) || SAYS_SO.test(name);
}

/** Names of exceptions that such checks raise. */
export const CHECK_ERROR =
  /(?:^|\.)(?:\w*(?:Invalid|Verification|Validation|Schema|Signature|Integrity|Mismatch|Auth|Permission|Token|Expired)\w*|JWTError|PyJWTError|ValueError|AssertionError|RuntimeError)$/;
