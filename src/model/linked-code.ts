/**
 * What the linker left of a module in one program: a filter (`src/bytes/text-filter.ts`) of `import/path`,
 * `import/path.Function` and `import/path.Type.Method`. What is not in it cannot run: the linker drops only what nothing in
 * the program can reach. Empty where nothing of the module was left.
 */
export interface LinkedCode {
  readonly names: string;
  /** What the program was built for, in Go's words: `linux`, `amd64`. */
  readonly os?: string;
  readonly architecture?: string;
}

/** The part of a package that an advisory says is vulnerable, as the Go vulnerability database states it (https://go.dev/security/vuln/database). */
export interface VulnerableImport {
  readonly path: string;
  /** `Function` or `Type.Method`; absent where all of the package is affected. */
  readonly symbols?: readonly string[];
  /** Systems and machines it is limited to; absent for all. */
  readonly goos?: readonly string[];
  readonly goarch?: readonly string[];
}
