/** The operating system an image says it is (os-release(5) and its fallbacks). */
export interface Distro {
  /** `ID`, lower case: `debian`, `alpine`, `almalinux`, … */
  readonly id: string;
  /** `VERSION_ID`; absent on rolling releases. */
  readonly versionId?: string;
  readonly codename?: string;
  readonly idLike: readonly string[];
  readonly prettyName: string;
  /** Extra facts that choose an advisory stream: `repository=edge`, `esm=infra,apps`, `cpe=…`. */
  readonly properties?: Readonly<Record<string, string>>;
}
