import { isRecord, listField, parseJson, recordField, textField } from '../../bytes/json.ts';

/** A dependency that SwiftPM checked out to build with. */
export interface SwiftDependency {
  /** Address of the repository. */
  readonly location: string;
  readonly version: string;
  readonly revision?: string;
}

export interface WorkspaceState {
  readonly dependencies: readonly SwiftDependency[];
  /** Dependencies on a branch or a revision, which have no version. */
  readonly unversioned: number;
}

/**
 * Reads `.build/workspace-state.json`, SwiftPM's own record of what it fetched
 * (https://github.com/swiftlang/swift-package-manager/blob/main/Sources/Workspace/Workspace%2BState.swift). Undefined where the text is none.
 */
export function parseWorkspaceState(text: string, depth: number): WorkspaceState | undefined {
  const document = parseJson(text, depth);
  const root = isRecord(document) ? recordField(document, 'object') : undefined;
  if (root === undefined) return undefined;
  const items = listField(root, 'dependencies').filter(isRecord);
  const dependencies = items.flatMap((item) => {
    const reference = recordField(item, 'packageRef') ?? {};
    const location = textField(reference, 'location') ?? textField(reference, 'path');
    const state = recordField(item, 'state') ?? {};
    const checkout = recordField(state, 'checkoutState') ?? {};
    const version = textField(checkout, 'version') ?? textField(state, 'version');
    const revision = textField(checkout, 'revision');
    return location && version ? [{ location, version, ...(revision && { revision }) }] : [];
  });
  return { dependencies, unversioned: items.length - dependencies.length };
}
