import { type JsonRecord, recordField, textField, textList, textMap } from '../../bytes/json.ts';
import type { Distro } from '../../model/distro.ts';
import { carriedImage, texts } from './carried-image.ts';
import type { FactMap } from './fact-map.ts';
import type { SbomComponent } from './sbom-document.ts';
import { splitPurl } from './split-purl.ts';

/** Where an SBOM may name the distribution: facts of the image, and the component of the operating system. */
interface DistroSources {
  readonly facts: FactMap;
  readonly os: SbomComponent | undefined;
  readonly osFacts: FactMap;
}

/** The distribution as matching needs it: ours exactly, else the OS component, else the purls' `distro` qualifier. */
export function restoreDistro({ facts, os, osFacts }: DistroSources, purls: Iterable<string>): Distro | undefined {
  const carried = carriedImage(facts);
  const own = carried === undefined ? undefined : recordField(carried, 'os');
  if (own !== undefined) return distroOfReport(own);
  if (os !== undefined && os.name !== '') return distroOfComponent(os, osFacts);
  return distroOfPurls(purls);
}

/** The distribution that the `os` part of a report names. */
export function distroOfReport(os: JsonRecord): Distro | undefined {
  const id = textField(os, 'id') ?? '';
  if (id === '' || id === 'unknown') return undefined;
  const properties = recordField(os, 'properties');
  return {
    id,
    ...texts(os, ['versionId', 'codename']),
    idLike: textList(os, 'idLike'),
    prettyName: textField(os, 'prettyName') ?? id,
    ...(properties !== undefined && { properties: textMap(properties) }),
  };
}

function distroOfComponent(os: SbomComponent, facts: FactMap): Distro {
  const versionId = facts.first('syft:distro:versionID') ?? os.version;
  return {
    id: (facts.first('syft:distro:id') ?? os.name).toLowerCase(),
    ...(versionId !== '' && { versionId }),
    idLike: facts.all('syft:distro:idLike:0'),
    prettyName: facts.first('syft:distro:prettyName') ?? `${os.name} ${os.version}`.trim(),
  };
}

function distroOfPurls(purls: Iterable<string>): Distro | undefined {
  for (const purl of purls) {
    const parts = splitPurl(purl);
    const match = /^([a-z]+)-?(\d[\w.]*)?$/.exec(parts?.qualifiers.get('distro') ?? '');
    const id = match?.[1];
    if (id === undefined) continue;
    return {
      id,
      ...(match?.[2] !== undefined && { versionId: match[2] }),
      idLike: [],
      prettyName: `${id} ${match?.[2] ?? ''}`.trim(),
    };
  }
  return undefined;
}
