import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'ibm-cloud-api-key',
    title: 'IBM Cloud API key',
    words: ['ibm_cloud', 'bluemix', 'ibmcloud', 'ibm_api', 'ibm_key'],
    value: [run(BASE64URL, 44)],
  }),
];
