import { isDrawn } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { commandRule, isPassword } from '../shapes/command.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'terraform-cloud-token',
    title: 'Terraform Cloud token',
    prefixes: ['.atlasv1.'],
    before: [run(BASE62, 14)],
    parts: [run(BASE64URL, 60, 70)],
  }),
  commandRule({
    id: 'terraform-state-password',
    title: 'Random password in a Terraform state',
    specification: 'https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password',
    anchors: ['"random_password"'],
    reach: 1024,
    pattern: /"result":\s{0,2}"([^"\\]{6,200})"/,
    accepts: isPassword,
    hit: '"type": "random_password",\n"instances": [{"attributes": {"length": 10, "result": "q8Zm2xKd91"}}]',
    miss: '"type": "random_password",\n"instances": [{"attributes": {"length": 10, "result": null}}]',
  }),
  commandRule({
    id: 'terraform-state-access-key',
    title: 'AWS secret access key in a Terraform state',
    severity: 'critical',
    specification: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key',
    anchors: ['"aws_iam_access_key"'],
    reach: 1024,
    pattern: /"secret":\s{0,2}"([A-Za-z0-9+/]{40})"/,
    accepts: isDrawn,
    hit: '"type": "aws_iam_access_key",\n"instances": [{"attributes": {"secret": "q8Zm2xKd91Lq0Zx7Vb2Nw8Tc5Hd1k3Jf9sLq0Zx7"}}]',
    miss: '"type": "aws_iam_access_key",\n"instances": [{"attributes": {"secret": null}}]',
  }),
];
