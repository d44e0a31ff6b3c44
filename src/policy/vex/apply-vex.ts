import type { Analysis } from '../../model/analysis.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import { compilePurlPattern, type PurlPattern } from '../purl-pattern.ts';
import { imageProductMatches } from './image-product.ts';
import { justificationLabel, type VexProduct, type VexStatement, type VexStatus } from './vex-statement.ts';

/**
 * Marks findings that VEX statements call not affected or fixed. Within one author the latest statement holds; authors
 * that disagree suppress nothing and are reported, and so are statements about a flaw that is here, none of whose products is.
 */
export function applyVex(
  analysis: Pick<Analysis, 'image' | 'packages' | 'vulnerabilities'>,
  statements: readonly VexStatement[],
): { readonly vulnerabilities: readonly Vulnerability[]; readonly problems: readonly Problem[] } {
  if (statements.length === 0) return { vulnerabilities: analysis.vulnerabilities, problems: [] };
  const packages = new Map(analysis.packages.map((found) => [found.id, found]));
  const byId = indexById(statements);
  const problems: Problem[] = [];
  const reach = new VexReach();
  const vulnerabilities = analysis.vulnerabilities.map((finding): Vulnerability => {
    const found = packages.get(finding.packageId);
    if (found === undefined) return finding;
    const applying = reach.record(statementsAbout(finding, byId), (statement) =>
      statement.products.some((product) => productCovers(product, found, analysis.image)),
    );
    if (finding.suppressed !== undefined) return finding;
    const holding = latestPerAuthor(applying);
    const [first, ...others] = holding;
    if (first === undefined) return finding;
    if (others.some((other) => suppresses(other.status) !== suppresses(first.status))) {
      problems.push(conflict(finding, holding));
      return finding;
    }
    if (!suppresses(first.status)) return finding;
    const label = justificationLabel(first);
    return {
      ...finding,
      suppressed: {
        reason: first.status === 'fixed' ? 'vex-fixed' : 'vex',
        rule: `${first.document}: ${first.status}${first.justification === undefined ? '' : `, ${first.justification}`}`,
        ...(label === undefined ? {} : { justification: label }),
      },
    };
  });
  return { vulnerabilities, problems: [...problems, ...reach.problems()] };
}

/** Which statements met a finding that they are about. */
class VexReach {
  readonly #about = new Set<VexStatement>();
  readonly #met = new Set<VexStatement>();

  /** The statements that cover a finding. */
  record(about: readonly VexStatement[], covers: (statement: VexStatement) => boolean): readonly VexStatement[] {
    const met = about.filter(covers);
    for (const statement of about) this.#about.add(statement);
    for (const statement of met) this.#met.add(statement);
    return met;
  }

  problems(): readonly Problem[] {
    return [...this.#about]
      .filter((statement) => suppresses(statement.status) && !this.#met.has(statement))
      .map(({ document, ids, status, products }) => {
        const [product, ...others] = products;
        const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
        const detail = `the statement that ${ids[0]} is ${status} accepts no finding: ${product?.id ?? 'it'}${more} is neither this image nor a package that has the flaw`;
        return { code: 'PLM_VEX_UNUSED', path: document, detail };
      });
  }
}

function suppresses(status: VexStatus): boolean {
  return status === 'not_affected' || status === 'fixed';
}

function indexById(statements: readonly VexStatement[]): ReadonlyMap<string, readonly VexStatement[]> {
  const index = new Map<string, VexStatement[]>();
  for (const statement of statements) {
    for (const id of new Set(statement.ids)) {
      const list = index.get(id);
      if (list === undefined) index.set(id, [statement]);
      else list.push(statement);
    }
  }
  return index;
}

function statementsAbout(
  finding: Vulnerability,
  byId: ReadonlyMap<string, readonly VexStatement[]>,
): readonly VexStatement[] {
  const ids = [finding.id, ...finding.aliases, ...finding.advisories.map((advisory) => advisory.id)];
  return [...new Set(ids.flatMap((id) => byId.get(id) ?? []))];
}

/** One statement for each author, in the order of the authors' names; the later of two with the same time holds. */
function latestPerAuthor(statements: readonly VexStatement[]): readonly VexStatement[] {
  const latest = new Map<string, VexStatement>();
  for (const statement of statements) {
    const known = latest.get(statement.author);
    if (known === undefined || timeOf(known) <= timeOf(statement)) latest.set(statement.author, statement);
  }
  return [...latest].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, statement]) => statement);
}

/** A statement without a usable time is older than any other. */
function timeOf(statement: VexStatement): number {
  const time = Date.parse(statement.timestamp);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

function productCovers(product: VexProduct, found: Package, image: Analysis['image']): boolean {
  const isImage = imageProductMatches(product.id, image);
  if (product.subcomponents.length > 0) {
    return (isImage || purlCovers(product.id, found)) && product.subcomponents.some((part) => purlCovers(part, found));
  }
  return isImage || purlCovers(product.id, found);
}

/** Patterns are for people: a star in a machine-written purl stands for itself, so purls with one are left alone. */
function purlCovers(purl: string, found: Package): boolean {
  const pattern = compiled(purl);
  return pattern?.matches(found.purl) === true;
}

function compiled(purl: string): PurlPattern | undefined {
  return /[*?{]/.test(purl.split('?')[0] ?? '') ? undefined : compilePurlPattern(purl);
}

function conflict(finding: Vulnerability, statements: readonly VexStatement[]): Problem {
  const said = statements
    .map((statement) => `${statement.author || statement.document} says ${statement.status}`)
    .join(', ');
  return { code: 'PLM_VEX_CONFLICT', detail: `${finding.id} in ${finding.packageId}: ${said}; the finding stays` };
}
