export { isSecretName } from "../secrets/names";
