import { SPDX } from '@cyclonedx/cyclonedx-library';

/** Whether the text is a licence id of the SPDX list (https://spdx.org/licenses/), in its exact spelling. */
export function isSpdxId(text: string): boolean {
  return SPDX.isSupportedSpdxId(text);
}
