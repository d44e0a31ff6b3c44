import { PlimsollError } from '../../errors.ts';
import type { CliCommand } from '../command.ts';
import { COMMAND_SUMMARIES } from '../commands.generated.ts';

const SHELLS: Readonly<Record<string, (commands: readonly (readonly [string, string])[]) => string>> = {
  bash,
  zsh,
  fish,
};

export const command: CliCommand = {
  name: 'completion',
  summary: 'Print a completion script: bash, zsh or fish',
  usage: 'completion SHELL',
  options: (argv) => argv.demandCommand(0, 1),
  run: async (args) => {
    const shell = String(args._[0] ?? 'bash');
    const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
    if (script === undefined) {
      throw new PlimsollError('PLM_USAGE', `no completion for "${shell}"`, {
        hint: `known shells: ${Object.keys(SHELLS).join(', ')}`,
      });
    }
    process.stdout.write(script(COMMAND_SUMMARIES));
    return 0;
  },
};

function bash(commands: readonly (readonly [string, string])[]): string {
  const names = commands.map(([name]) => name).join(' ');
  return `# bash completion for plimsoll: eval "$(plimsoll completion bash)"
_plimsoll() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${names}" -- "$word"))
  elif [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$(plimsoll "\${COMP_WORDS[1]}" --help 2>/dev/null | grep -oE -- '--[a-z-]+')" -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _plimsoll plimsoll
`;
}

function zsh(commands: readonly (readonly [string, string])[]): string {
  const rows = commands.map(([name, summary]) => `    '${name}:${quoted(summary)}'`).join('\n');
  return `#compdef plimsoll
# zsh completion for plimsoll: plimsoll completion zsh > "\${fpath[1]}/_plimsoll"
_plimsoll() {
  local -a commands=(
${rows}
  )
  if (( CURRENT == 2 )); then _describe command commands
  elif [[ "$PREFIX" == -* ]]; then compadd -- \${(f)"$(plimsoll $words[2] --help 2>/dev/null | grep -oE -- '--[a-z-]+')"}
  else _files; fi
}
_plimsoll "$@"
`;
}

function fish(commands: readonly (readonly [string, string])[]): string {
  return commands
    .map(([name, summary]) => `complete -c plimsoll -n __fish_use_subcommand -a ${name} -d '${quoted(summary)}'`)
    .join('\n')
    .concat('\n');
}

function quoted(text: string): string {
  return text.replaceAll(':', ' -').replaceAll("'", '');
}
