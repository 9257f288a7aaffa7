/** The fields of each kind of credential, as the API's CREDENTIAL_KINDS has them (a test compares: no schema is loaded here). */
export interface CredentialField {
  readonly name: string;
  readonly secret: boolean;
  /** The file's bytes go as base64. */
  readonly base64: boolean;
}

const open = (name: string): CredentialField => ({ name, secret: false, base64: false });
const secret = (name: string): CredentialField => ({ name, secret: true, base64: name.endsWith('Base64') });

export const CREDENTIAL_FIELDS: { readonly [kind: string]: readonly CredentialField[] } = {
  usernamePassword: [open('username'), open('usernameSecret'), secret('password')],
  string: [secret('secret')],
  file: [open('fileName'), secret('contentBase64')],
  sshUserPrivateKey: [open('username'), open('usernameSecret'), secret('privateKey'), secret('passphrase')],
  certificate: [secret('keyStoreBase64'), secret('password')],
  aws: [open('accessKey'), secret('secretKey')],
  gitHubApp: [open('appId'), open('owner'), open('repositories'), open('apiUrl'), secret('privateKey')],
};
