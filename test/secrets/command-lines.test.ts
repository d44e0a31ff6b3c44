import { describe, expect, it } from 'vitest';
import { BASE62 } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { valuesIn } from '../support/found-values.ts';

const value = sampleOf([run(BASE62, 14)], 'commands');

describe('values given on a command line', () => {
  it.each([
    `curl -u ci:${value} https://ci.intern/a | tar x`,
    `curl -uci:${value} https://ci.intern/a`,
    `curl --user "ci:${value}" https://ci.intern/a`,
    `sonar-scanner --token ${value} --verbose`,
    `app serve --db-password ${value} --port 80`,
    `app serve --api-token ${value}`,
    `app serve --client-secret '${value}'`,
    `mysql -p${value} shop`,
    `redis-cli -a ${value} ping`,
    `docker login -u ci -p ${value} registry.intern`,
    `echo 'root:${value}' | chpasswd`,
    `openssl pkcs12 -export -passout pass:${value} -in a.pem`,
    `rabbitmqctl add_user shop ${value}`,
    `net use \\\\nas\\share /user:ci ${value}`,
    `redis-server --requirepass ${value}`,
    `psql "host=db.intern user=shop password=${value} dbname=shop"`,
  ])('%s', (text) => expect(valuesIn('/root/.bash_history', `ls\n${text}\nls\n`)).toEqual([value]));

  it.each([
    'curl -u ci https://ci.intern/a1',
    'curl -u "$CI_USER1:$CI_TOKEN1" https://ci.intern/a',
    'app serve --db-password-file /run/secrets/db1',
    'app serve --api-token "$API_TOKEN1"',
    'app serve --client-secret <secret-1>',
    'see --access-token above in section 12',
    'openssl rsa -passin pass:$PASS1234 -in a.pem',
    'psql "host=db.intern user=shop password=shop dbname=shop"',
  ])('but not %s', (text) => expect(valuesIn('/root/.bash_history', `ls\n${text}\nls\n`)).toEqual([]));
});
