import { describe, expect, it } from 'vitest';
import { applyVex } from '../../src/policy/vex/apply-vex.ts';
import { parseVex } from '../../src/policy/vex/parse-vex.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

const DIGEST = 'a'.repeat(64);

describe('openvex', () => {
  it('claims "not affected" only where the suppression does', async () => {
    const { statements, ...head } = JSON.parse(await reportText('openvex', analysisFixture()));
    expect(head).toMatchObject({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      version: 1,
      timestamp: '2026-10-01T12:00:00Z',
    });
    const rows = statements.map((item: { vulnerability: { name: string }; status: string; products: unknown }) => [
      item.vulnerability.name,
      item.status,
      item.products,
    ]);
    const products = [
      {
        '@id': `pkg:oci/shop@sha256%3A${DIGEST}?arch=amd64&repository_url=registry.example/shop&tag=1.4`,
        subcomponents: [{ '@id': 'pkg:npm/lodash@4.17.15' }],
      },
    ];
    expect(rows.filter(([, status]: readonly unknown[]) => status !== 'under_investigation')).toEqual([
      ['CVE-2019-10744', 'affected', products],
      ['CVE-2020-8203', 'not_affected', products],
    ]);
  });

  it('says of a finding that nobody decided on that it is under investigation, and what fixes it', async () => {
    const { statements } = JSON.parse(await reportText('openvex', analysisFixture()));
    const open = statements.filter((item: { status: string }) => item.status === 'under_investigation');
    expect(
      open.map((item: Record<string, { name: string }>) => [item['vulnerability']?.name, item['status_notes']]),
    ).toEqual([
      ['CVE-2023-5678', 'fixed in 3.0.11-1~deb12u2'],
      ['CVE-2021-23337', 'fixed in 4.17.21'],
      ['CVE-2024-0727', 'no fixed version is known'],
      ['CVE-2023-38545', 'fixed in 7.88.1-10+deb12u4'],
    ]);
  });

  it('suppresses nothing where such a statement is read', async () => {
    const fixture = analysisFixture();
    const vulnerabilities = fixture.vulnerabilities.filter(({ suppressed }) => suppressed === undefined);
    const text = await reportText('openvex', { ...fixture, vulnerabilities });
    const read = applyVex({ ...fixture, vulnerabilities }, parseVex(text, 'v.json').statements);
    expect(read).toEqual({ vulnerabilities, problems: [] });
  });

  it('says nothing about findings that a filter left out', async () => {
    const fixture = analysisFixture();
    const vulnerabilities = fixture.vulnerabilities.map((finding) => ({
      ...finding,
      suppressed: { reason: 'severity' },
    }));
    expect(JSON.parse(await reportText('openvex', { ...fixture, vulnerabilities })).statements).toEqual([]);
  });
});

describe('openvex read and written again', () => {
  async function writtenFor(reason: object): Promise<readonly unknown[]> {
    const fixture = analysisFixture();
    const vulnerabilities = fixture.vulnerabilities
      .filter(({ id }) => id === 'CVE-2023-5678')
      .map(({ suppressed: _suppressed, ...finding }) => finding);
    const products = fixture.packages.map(({ purl }) => purl);
    const statement = { vulnerability: { name: 'CVE-2023-5678' }, products, status: 'not_affected', ...reason };
    const document = { '@context': 'https://openvex.dev/ns/v0.2.0', statements: [statement] };
    const { statements } = parseVex(JSON.stringify(document), 'v.json');
    const judged = applyVex({ ...fixture, vulnerabilities }, statements);
    const written = JSON.parse(await reportText('openvex', { ...fixture, ...judged }));
    return written.statements.map((statement: Record<string, unknown>) => [
      statement['status'],
      statement['justification'],
      statement['impact_statement'],
      statement['status_notes'],
    ]);
  }

  it.each([
    'component_not_present',
    'vulnerable_code_not_present',
    'vulnerable_code_not_in_execute_path',
    'vulnerable_code_cannot_be_controlled_by_adversary',
    'inline_mitigations_already_exist',
  ])('%s stays a label', async (justification) => {
    expect(await writtenFor({ justification })).toEqual([
      ['not_affected', justification, undefined, `vex: v.json: not_affected, ${justification}`],
    ]);
  });

  it.each([
    ['code_not_present', 'vulnerable_code_not_present', 'code_not_present', 'vulnerableCodeNotPresent'],
    [
      'code_not_reachable',
      'vulnerable_code_not_in_execute_path',
      'code_not_reachable',
      'vulnerableCodeNotInExecutePath',
    ],
    ['protected_at_perimeter', undefined, undefined, undefined],
  ])('%s of CycloneDX keeps its meaning in every format', async (justification, label, cyclonedxLabel, spdxLabel) => {
    const fixture = analysisFixture();
    const vulnerabilities = fixture.vulnerabilities.filter(({ id }) => id === 'CVE-2023-5678');
    const affects = fixture.packages.map(({ purl }) => ({ ref: purl }));
    const analysis = { state: 'not_affected', justification };
    const vex = { bomFormat: 'CycloneDX', vulnerabilities: [{ id: 'CVE-2023-5678', analysis, affects }] };
    const judged = {
      ...fixture,
      ...applyVex({ ...fixture, vulnerabilities }, parseVex(JSON.stringify(vex), 'v.json').statements),
    };
    const [openvex] = JSON.parse(await reportText('openvex', judged)).statements;
    const [cyclonedx] = JSON.parse(await reportText('cyclonedx-json', judged)).vulnerabilities;
    const graph: { type: string; security_justificationType?: string }[] = JSON.parse(
      await reportText('spdx3-json', judged),
    )['@graph'];
    const spdx = graph.find(({ type }) => type === 'security_VexNotAffectedVulnAssessmentRelationship');
    expect([openvex.justification, cyclonedx.analysis.justification, spdx?.security_justificationType]).toEqual([
      label,
      cyclonedxLabel,
      spdxLabel,
    ]);
  });

  it('what was fixed is called fixed, in every format that states it', async () => {
    const fixture = analysisFixture();
    const vulnerabilities = fixture.vulnerabilities
      .filter(({ id }) => id === 'CVE-2023-5678')
      .map(({ suppressed: _suppressed, ...finding }) => finding);
    const products = fixture.packages.map(({ purl }) => purl);
    const statement = { vulnerability: { name: 'CVE-2023-5678' }, products, status: 'fixed' };
    const document = { '@context': 'https://openvex.dev/ns/v0.2.0', statements: [statement] };
    const judged = {
      ...fixture,
      ...applyVex({ ...fixture, vulnerabilities }, parseVex(JSON.stringify(document), 'v.json').statements),
    };
    const text = 'vex-fixed: v.json: fixed';
    const [openvex] = JSON.parse(await reportText('openvex', judged)).statements;
    expect([openvex.status, openvex.status_notes]).toEqual(['fixed', text]);
    const [cyclonedx] = JSON.parse(await reportText('cyclonedx-json', judged)).vulnerabilities;
    expect(cyclonedx.analysis).toEqual({ state: 'resolved', detail: text });
    const graph: { type: string; security_statusNotes?: string }[] = JSON.parse(await reportText('spdx3-json', judged))[
      '@graph'
    ];
    const assessments = graph.filter(({ type }) => type.endsWith('VulnAssessmentRelationship'));
    expect(assessments.map(({ type, security_statusNotes: notes }) => [type, notes])).toContainEqual([
      'security_VexFixedVulnAssessmentRelationship',
      text,
    ]);
    expect(JSON.parse(await reportText('intoto-vuln', judged)).predicate.scanner.result).toEqual([]);
  });

  it('words stay words', async () => {
    expect(await writtenFor({ impact_statement: 'it is never called' })).toEqual([
      ['not_affected', undefined, 'vex: v.json: not_affected, it is never called', undefined],
    ]);
  });
});

describe('in-toto statements', () => {
  it.each([
    ['intoto-vuln', 'https://in-toto.io/attestation/vulns/v0.2'],
    ['intoto-cyclonedx', 'https://cyclonedx.org/bom'],
    ['intoto-spdx', 'https://spdx.dev/Document/v2.3'],
  ])('%s is about the image by digest', async (name, predicateType) => {
    const statement = JSON.parse(await reportText(name, analysisFixture()));
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'registry.example/shop:1.4', digest: { sha256: DIGEST } }],
      predicateType,
    });
  });

  it('carries the bill of materials unchanged', async () => {
    const { predicate } = JSON.parse(await reportText('intoto-spdx', analysisFixture()));
    const spdx = JSON.parse(await reportText('spdx-json', analysisFixture()));
    expect(predicate).toEqual(spdx);
  });

  it('names the database and rates every stated vulnerability', async () => {
    const { predicate } = JSON.parse(await reportText('intoto-vuln', analysisFixture()));
    expect(predicate.scanner.db).toEqual({
      uri: `urn:plimsoll:bundle:sha256:${'b'.repeat(64)}`,
      version: 'nightly 42',
      lastUpdate: '2026-11-01T00:00:00Z',
    });
    expect(predicate.scanner.result.map((item: { id: string }) => item.id)).toEqual([
      'CVE-2023-5678',
      'CVE-2021-23337',
      'CVE-2024-0727',
      'CVE-2023-38545',
      'CVE-2019-10744',
    ]);
  });
});
