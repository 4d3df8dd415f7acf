import { type Bond, bond } from '../bond.js';
import { changesOf } from '../changes.js';
import { hostObject } from '../host.js';
import { type AuthGateView, connect } from './connect.js';
import type { AuthGateEvents } from './types.js';

const data: { view: AuthGateView } = { view: { shown: 'pending' } };

type Methods = {
  render(): void;
};

interface Parts {
  bond?: Bond;
}

Component<typeof data, Record<never, never>, Methods, [], Parts>({
  options: { multipleSlots: true },
  externalClasses: ['denglu-class'],
  data,

  lifetimes: {
    attached() {
      this.bond = bond(hostObject(), () => this.render());
      this.bond.hold();
      this.render();
    },
    detached() {
      this.bond?.release();
    },
  },

  methods: {
    render() {
      if (!this.bond?.isHeld) return;
      const before = this.data.view;
      const view = connect(this.bond.auth?.getSnapshot() ?? null, before.shown);
      const changes = changesOf('view', before, view);
      if (!changes) return;
      this.setData(changes);
      this.triggerEvent<AuthGateEvents['change']>('change', view);
    },
  },
});
