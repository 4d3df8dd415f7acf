import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import dockerignore from '@balena/dockerignore';
import {
  Cmd,
  Copy,
  DockerfileParser,
  Env,
  From,
  Healthcheck,
  type Instruction,
  Run,
  Volume,
  Workdir,
} from 'dockerfile-ast';

/** One image of the file: a folder that stands for its root, and how it is run. */
interface Stage {
  folder: string;
  /** In the image, as `/app`. */
  workdir: string;
  env: Record<string, string>;
  volumes: string[];
  command: string[];
  healthcheck: string[];
}

/** What came of the steps, and what an engine would start of it. */
export interface Image {
  command: string[];
  healthcheck: string[];
  /** Where the command runs. */
  folder: string;
  /** Its variables; volumes they name are folders of this machine. */
  env: Record<string, string>;
  /** Where a path of the image is on this machine. */
  place(path: string): string;
  remove(): void;
}

/** What a step sees of this machine's variables: how npm reaches its registry. */
const PASSED_ON =
  /^(PATH|HOME|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|(https?|no)_proxy|npm_config_(registry|cache|userconfig))$/i;

/** They say how a container is run. */
const WITHOUT_STEP = ['USER', 'EXPOSE'];

/**
 * Runs the steps of a Dockerfile in their order, each stage in a folder of its own. It is no container: base images are
 * not there, nobody becomes another user, and an absolute path means the image's in COPY and WORKDIR, and that of a volume
 * in ENV.
 *
 * @param context the folder with the file, which COPY reads from
 * @throws Error where a step fails, or is of a kind that is not known here
 */
export async function runSteps(context: string): Promise<Image> {
  const place = mkdtempSync(join(tmpdir(), 'denglu-image-'));
  const remove = () => rmSync(place, { recursive: true });
  try {
    const { folder, workdir, env, volumes, command, healthcheck } = await lastStage(context, place);
    const here = (text: string) =>
      volumes.reduce((told, volume) => told.replace(volume, () => join(folder, volume)), text);
    const variables = Object.entries(env).map(([name, value]) => [name, here(value)]);
    return {
      command,
      healthcheck,
      folder: join(folder, workdir),
      env: Object.fromEntries(variables),
      place: (path) => join(folder, path),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function lastStage(context: string, place: string): Promise<Stage> {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const step of DockerfileParser.parse(readFileSync(join(context, 'Dockerfile'), 'utf8')).getInstructions()) {
    if (step instanceof From) {
      const name = step.getBuildStage() ?? 'last';
      stage = { folder: join(place, name), workdir: '/', env: {}, volumes: [], command: [], healthcheck: [] };
      mkdirSync(stage.folder);
      stages.set(name, stage);
    } else if (stage) {
      await take(step, stage, sourcesOf(step, stages, context));
    }
  }
  if (!stage) throw new Error('There is no FROM');
  return stage;
}

/** Where a step copies from, and what of it may be copied. */
interface Sources {
  folder: string;
  holds: (path: string) => boolean;
}

function sourcesOf(step: Instruction, stages: ReadonlyMap<string, Stage>, context: string): Sources {
  const flags = step instanceof Copy ? step.getFlags() : [];
  const name = flags.find((flag) => flag.getName() === 'from')?.getValue();
  if (!name) return { folder: context, holds: contextOf(context) };
  const stage = stages.get(name);
  if (!stage) throw new Error(`There is no stage ${name}`);
  return { folder: stage.folder, holds: () => true };
}

async function take(step: Instruction, stage: Stage, sources: Sources): Promise<void> {
  const told = step.getRawArgumentsContent() ?? '';
  const words = step.getArguments().map((argument) => argument.getValue());
  if (step instanceof Workdir) {
    stage.workdir = resolve(stage.workdir, told);
    mkdirSync(join(stage.folder, stage.workdir), { recursive: true });
  } else if (step instanceof Env) {
    for (const property of step.getProperties()) stage.env[property.getName()] = property.getValue() ?? '';
  } else if (step instanceof Run) {
    await runShell(told, stage);
  } else if (step instanceof Copy) {
    copy(words, stage, sources);
  } else if (step instanceof Volume) {
    stage.volumes.push(...words);
  } else if (step instanceof Cmd) {
    stage.command = JSON.parse(told);
  } else if (step instanceof Healthcheck) {
    stage.healthcheck = JSON.parse(told.slice(told.indexOf('[')));
  } else if (!WITHOUT_STEP.includes(step.getKeyword())) {
    throw new Error(`${step.getKeyword()} is not known here`);
  }
}

async function runShell(line: string, { folder, workdir, env }: Stage): Promise<void> {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  await promisify(execFile)('sh', ['-c', line], {
    cwd: join(folder, workdir),
    env: { ...Object.fromEntries(passed), npm_config_prefer_offline: 'true', ...env },
  });
}

function copy(words: readonly string[], { folder, workdir }: Stage, sources: Sources): void {
  const target = words.at(-1) ?? '';
  const to = join(folder, resolve(workdir, target));
  for (const word of words.slice(0, -1)) {
    const source = join(sources.folder, word);
    cpSync(source, statSync(source).isFile() && target.endsWith('/') ? join(to, basename(word)) : to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => sources.holds(relative(sources.folder, path)),
    });
  }
}

/** Whether a path, relative to the context, is among what is sent to the engine. */
export function contextOf(context: string): (path: string) => boolean {
  return dockerignore()
    .add(readFileSync(join(context, '.dockerignore'), 'utf8'))
    .createFilter();
}
