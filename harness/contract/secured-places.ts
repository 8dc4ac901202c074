/** What there is of TLS and the API key to tell a worker, as `{temporal.NAME}`: paths of PEM files, what is in them, and two texts. */
export const securedPlaces = ['ca', 'cert', 'key', 'caPem', 'certPem', 'keyPem', 'serverName', 'apiKey'] as const;

/** One of them. */
export type SecuredPlace = (typeof securedPlaces)[number];

/** Whether there is one of this name. */
export function isSecuredPlace(name: string): name is SecuredPlace {
  return securedPlaces.some((place) => place === name);
}
