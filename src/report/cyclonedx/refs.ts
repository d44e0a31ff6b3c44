/** `bom-ref` of the image itself and of its operating system; packages use their id. */
export const IMAGE_REF = 'image';
export const OS_REF = 'os';
