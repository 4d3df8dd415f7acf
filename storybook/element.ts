/** Pages are made of the same elements as the inspector's view. */
export { element } from '../inspect/view/element.js';
