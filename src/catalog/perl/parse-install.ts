import { isRecord, parseJson, recordField, textField } from '../../bytes/json.ts';
import { lines } from '../../bytes/lines.ts';

/** A distribution of CPAN, or a module where only that is known. */
export interface PerlDistribution {
  /** `HTTP-Message`. */
  readonly name: string;
  readonly version: string;
  /** Modules it provides: `HTTP::Request`. */
  readonly modules: readonly string[];
}

/** Reads what cpanm writes for each distribution: `.meta/HTTP-Message-6.45/install.json`. Undefined where it names none. */
export function parseInstall(text: string, depth: number): PerlDistribution | undefined {
  const document = parseJson(text, depth);
  if (!isRecord(document)) return undefined;
  const dist = textField(document, 'dist');
  const version = textField(document, 'version');
  if (!dist || !version) return undefined;
  const name = dist.endsWith(`-${version}`) ? dist.slice(0, -version.length - 1) : dist.replace(/-v?\d[^-]*$/, '');
  return { name, version, modules: Object.keys(recordField(document, 'provides') ?? {}).sort() };
}

/**
 * Reads `perllocal.pod`, to which `make install` appends one record a module
 * (https://perldoc.perl.org/ExtUtils::MakeMaker#make-install). The last record of a module counts.
 */
export function parseLocalPod(text: string): PerlDistribution[] {
  const versions = new Map<string, string>();
  let module: string | undefined;
  for (const line of lines(text)) {
    const head = line.startsWith('=head2') ? /C<Module>\s+L<([^|>]{1,300})[|>]/.exec(line)?.[1] : undefined;
    if (line.startsWith('=head2')) module = head?.trim();
    const version = module === undefined ? undefined : /^C<VERSION: ([^>\s]{1,100})>/.exec(line)?.[1];
    if (module !== undefined && version !== undefined) versions.set(module, version);
  }
  return [...versions].map(([name, version]) => ({ name: name.replaceAll('::', '-'), version, modules: [name] }));
}
