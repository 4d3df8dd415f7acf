import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../scripts/children.mjs';
import { root } from '../../scripts/install.mjs';
import { readConfig, variableNames } from '../../server/config.js';
import { serversUnderTest } from '../server/support/server.js';

const folder = join(root, 'deploy/kubernetes');
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

const deployment = new Deployment(parse(text('deployment.yaml')));
const service = new Service(parse(text('service.yaml')));
const config = new ConfigMap(parse(text('config-map.yaml')));
const secret = new Secret(parse(text('secret.yaml.example')));
const claim = new PersistentVolumeClaim(parse(text('avatars.yaml')));
const budget = new PodDisruptionBudget(parse(text('pod-disruption-budget.yaml')));
const autoscaler = new HorizontalPodAutoscaler(parse(text('horizontal-pod-autoscaler.yaml')));

const models = {
  'deployment.yaml': deployment,
  'service.yaml': service,
  'config-map.yaml': config,
  'secret.yaml.example': secret,
  'avatars.yaml': claim,
  'pod-disruption-budget.yaml': budget,
  'horizontal-pod-autoscaler.yaml': autoscaler,
};
const pod = deployment.spec?.template.spec;
const [container] = pod?.containers ?? [];
const probes = [container?.startupProbe, container?.livenessProbe, container?.readinessProbe];

describe('deploy/kubernetes', () => {
  it('has no file that is not checked here, and each says that it was not deployed yet', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(models).sort());
    for (const file of Object.keys(models)) expect(text(file)).toContain('not yet deployed anywhere');
  });

  it.each(Object.entries(models))('%s is what the schema of its kind wants', (_, model) => {
    expect(() => model.validate()).not.toThrow();
    expect(() => Reflect.construct(model.constructor, [{ ...model, metadata: 7 }]).validate()).toThrow();
  });

  it('has no word that Kubernetes does not know', { timeout: 120_000 }, async () => {
    const place = mkdtempSync(join(tmpdir(), 'denglu-kubernetes-'));
    onTestFinished(() => rmSync(place, { recursive: true }));
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    const typed = Object.values(models).map((model, index) => {
      const { apiVersion, kind } = model;
      return `import type { I${kind} as Kind${index} } from 'kubernetes-models/${apiVersion}/${kind}';
        export const manifest${index}: Kind${index} = ${JSON.stringify(model)};`;
    });
    const wrong = `// @ts-expect-error such a word
      export const wrong: Kind0 = { apiVersion: 'apps/v1', kind: 'Deployment', spek: {} };`;
    writeFileSync(join(place, 'manifests.ts'), [...typed, wrong].join('\n'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler'];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { output } = await run(process.execPath, [tsc, ...options, '--types', 'node', join(place, 'manifests.ts')]);
    expect(output).toBe('');
  });

  it('asks for what the server answers, where it listens', async () => {
    const servers = await serversUnderTest();
    onTestFinished(() => servers.stop());
    expect(probes.map((probe) => probe?.httpGet?.path)).toEqual(['/healthz', '/healthz', '/readyz']);
    for (const probe of probes) expect((await servers.ask(probe?.httpGet?.path ?? '')).status).toBe(200);
    const [port, metrics] = container?.ports ?? [];
    expect(probes.map((probe) => probe?.httpGet?.port)).toEqual([port?.name, port?.name, port?.name]);
    expect(service.spec?.ports?.map(({ targetPort }) => targetPort)).toEqual([port?.name]);
    expect(String(port?.containerPort)).toBe(config.data?.PORT_SERVER);
    expect(String(metrics?.containerPort)).toBe(config.data?.METRICS_PORT);
    const { annotations } = deployment.spec?.template.metadata ?? {};
    expect(annotations?.['prometheus.io/port']).toBe(config.data?.METRICS_PORT);
  });

  it('sets only what the server reads, and the server is content once the secret is filled in', () => {
    const names = Object.keys({ ...config.data, ...secret.stringData });
    expect(names.filter((name) => !variableNames.includes(name))).toEqual([]);
    expect(Object.values(secret.stringData ?? {}).filter(Boolean)).toEqual([]);
    expect(secret.data).toBeUndefined();
    const filled = { DATABASE_URL: 'postgres://database/denglu', DENGLU_SECRET: 's'.repeat(32) };
    const wechat = { WECHAT_APP_ID: 'wx1', WECHAT_APP_SECRET: 'secret' };
    const read = readConfig({ ...config.data, ...secret.stringData, ...filled, ...wechat });
    expect(read).toMatchObject({ host: '0.0.0.0', dataFolder: '/data' });
    expect(container?.volumeMounts?.map(({ mountPath }) => mountPath)).toContain(read.dataFolder);
    expect(() => readConfig({ ...config.data, ...secret.stringData })).toThrow('DENGLU_SECRET is missing');
  });

  it('leaves a pod the time to drain and to answer what is in flight, which is ten seconds at most', () => {
    const drain = Number(config.data?.DRAIN_SECONDS);
    const heard = (container?.readinessProbe?.periodSeconds ?? 0) * (container?.readinessProbe?.failureThreshold ?? 0);
    expect(drain).toBeGreaterThan(heard);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(drain + 10);
  });

  it('gives a pod the ten minutes for which it may have to wait before it brings the tables up to date', () => {
    const { periodSeconds = 0, failureThreshold = 0 } = container?.startupProbe ?? {};
    expect(periodSeconds * failureThreshold).toBeGreaterThan(600);
  });

  it('leaves the number of pods to the autoscaler: named in the deployment, each apply would undo what that has set', () => {
    expect(deployment.spec?.replicas).toBeUndefined();
    expect(autoscaler.spec?.minReplicas).toBeGreaterThanOrEqual(2);
  });

  it('opens no more connections than PostgreSQL has by default, while a pod is replaced, too', () => {
    const surge = Number(deployment.spec?.strategy?.rollingUpdate?.maxSurge);
    // What ends is no part of the surge: only the time until the next one may begin keeps it to one.
    const drainAndClose = Number(config.data?.DRAIN_SECONDS) + 10 + 2;
    expect(deployment.spec?.minReadySeconds).toBeGreaterThan(drainAndClose);
    const pods = (autoscaler.spec?.maxReplicas ?? 0) + surge + 1;
    // Of a hundred, three are its administrator's; each pod has ten, and one to ask how it is.
    expect(pods * 11).toBeLessThanOrEqual(100 - 3);
  });

  it('runs no pod with rights or a file system to write to', () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(container?.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container?.resources?.limits).toBeDefined();
  });

  it('names everything as it is called', () => {
    const labels = deployment.spec?.template.metadata?.labels;
    expect([deployment.spec?.selector.matchLabels, service.spec?.selector, budget.spec?.selector?.matchLabels]).toEqual(
      [labels, labels, labels],
    );
    const { apiVersion, kind, metadata } = deployment;
    expect(autoscaler.spec?.scaleTargetRef).toEqual({ apiVersion, kind, name: metadata?.name });
    expect(container?.envFrom).toEqual([
      { configMapRef: { name: config.metadata?.name } },
      { secretRef: { name: secret.metadata?.name } },
    ]);
    const needed = container?.env?.map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef]);
    expect(needed).toEqual([['DATABASE_URL', { name: secret.metadata?.name, key: 'DATABASE_URL' }]]);
    const claims = pod?.volumes?.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
    expect(claims).toEqual([claim.metadata?.name]);
  });
});
