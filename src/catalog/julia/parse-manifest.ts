import { parse } from 'smol-toml';
import { isRecord, type JsonRecord, listField, ownField, recordField, textField } from '../../bytes/json.ts';

/** A package of Julia, named by a UUID beside its name. */
export interface JuliaPackage {
  readonly name: string;
  readonly version: string;
  readonly uuid?: string;
  readonly needs: readonly string[];
}

/** The largest environments have a few thousand packages. */
const DOCUMENT_LENGTH = 8 * 1024 * 1024;

/**
 * The packages of a `Manifest.toml` (https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml): format 1 has them at the
 * top, format 2 below `deps`. Modules of Julia itself have no version and are left out. Undefined where the text is no
 * such document.
 */
export function parseManifest(text: string): readonly JuliaPackage[] | undefined {
  const document = parseToml(text);
  if (document === undefined) return undefined;
  const deps = ownField(document, 'manifest_format') === undefined ? document : (recordField(document, 'deps') ?? {});
  return Object.entries(deps).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : []).flatMap((item) => (isRecord(item) ? (toJuliaPackage(name, item) ?? []) : [])),
  );
}

/** The `Project.toml` of an installed package states its own name and version. */
export function parseProject(text: string): JuliaPackage | undefined {
  const document = parseToml(text);
  const name = document && textField(document, 'name');
  return document && name ? toJuliaPackage(name, document) : undefined;
}

function toJuliaPackage(name: string, item: JsonRecord): JuliaPackage | undefined {
  const version = textField(item, 'version');
  if (!version) return undefined;
  const uuid = textField(item, 'uuid');
  const listed = listField(item, 'deps').filter((need) => typeof need === 'string');
  const needs = listed.length > 0 ? listed : Object.keys(recordField(item, 'deps') ?? {});
  return { name, version, ...(uuid && { uuid }), needs };
}

function parseToml(text: string): JsonRecord | undefined {
  if (text.length > DOCUMENT_LENGTH) return undefined;
  try {
    const document: unknown = parse(text);
    return isRecord(document) ? document : undefined;
  } catch {
    // The parser throws for every fault alike: the document is damaged.
    return undefined;
  }
}
