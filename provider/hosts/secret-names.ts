export { isSecretName } from "../compose/secrecy";
