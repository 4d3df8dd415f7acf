declare module 'wx2swan' {
  /** @param done hears once, with what went wrong, if anything did */
  export default function wx2swan(
    options: { src: string; dist: string; log: string; type: 'wxmp2swan' },
    done: (error: unknown) => void,
  ): void;
}
