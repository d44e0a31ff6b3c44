// replaced by the secrets area
export interface SecretRule { readonly id: string }
