import { failureText } from 'denglu';
import { auth } from '../../auth';
import { locale } from '../../locale';
import { texts } from '../../texts';

/** @typedef {{ id: string, title: string, price: number }} Order */

Page({
  data: {
    texts: texts.orders,
    loading: true,
    problem: '',
    /** @type {Order[]} */
    orders: [],
  },

  onLoad() {
    this.load();
  },

  /** Whoever is not signed in is signed in by this, if they have an account. */
  async load() {
    this.setData({ loading: true, problem: '' });
    try {
      const { status, data } = await auth.request({ url: '/orders' });
      // Any status is an answer: what it means is for the app to say.
      if (status !== 200) return this.setData({ loading: false, problem: texts.orders.refused });
      const { orders } = /** @type {{ orders: Order[] }} */ (data);
      this.setData({ loading: false, orders });
    } catch (error) {
      const { kind } = /** @type {import('denglu').Failure} */ (error);
      this.setData({ loading: false, problem: failureText(kind, locale) });
    }
  },
});
