import { runInThisContext } from 'node:vm';
import type { template } from 'glass-easel';
import { TmplGroup } from 'glass-easel-template-compiler';

/**
 * Compiles a page's WXML for glass-easel.
 *
 * @throws Error where the compiler finds anything to say about it
 */
export function compileTemplate(wxml: string): template.ComponentTemplate {
  const group = new TmplGroup();
  const findings: { message: string }[] = group.addTmpl('', wxml);
  const groups = group.getTmplGenObjectGroups();
  group.free();
  if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join('\n'));
  const compiled: Required<Pick<template.ComponentTemplate, 'groupList' | 'content'>> = runInThisContext(
    `(() => { const groupList = ${groups}; return { groupList, content: groupList[''] }; })()`,
  );
  return {
    groupList: compiled.groupList,
    content(name) {
      const generate = compiled.content(name);
      return (wrapper, ...rest) => {
        wrapper.setEventListenerWrapper((page, event, listener) => listener.call(page, asOnHost(event)));
        return generate(wrapper, ...rest);
      };
    },
    fallbackListenerOnNativeNode: true,
  };
}

/** The host's events are plain objects, and scripts may ask whether a field is the event's own; here it is inherited. */
function asOnHost<Event extends { type: string; timeStamp: number; detail: unknown }>(event: Event): Event {
  const { type, timeStamp, detail } = event;
  return Object.assign(event, { type, timeStamp, detail });
}
