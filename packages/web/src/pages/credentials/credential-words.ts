/** Where the credentials of a folder are, or those of the installation (null), in the API's words. */
export function credentialWords(folder: string | null): readonly string[] {
  return folder === null ? ['credentials'] : ['items', folder, 'credentials'];
}
