import { texts } from '../../texts';

Page({
  data: { texts: texts.link },
});
