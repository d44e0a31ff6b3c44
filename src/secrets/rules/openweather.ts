import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'openweather-api-key',
    title: 'OpenWeather API key',
    words: ['openweather', 'owm_api'],
    value: [run(HEX, 32)],
  }),
  assignedRule({
    id: 'openweather-library-key',
    title: 'OpenWeather API key given to its Python library',
    words: ['pyowm'],
    names: [],
    value: [run(LOWER_ALNUM, 32)],
  }),
];
