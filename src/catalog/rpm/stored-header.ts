/** One record of a package database as its backend stores it: a header blob, or what was lost and why. */
export type StoredHeader = { readonly blob: Uint8Array } | { readonly lost: string };
