declare module '*.wxml' {
  const template: import('glass-easel').template.ComponentTemplate;
  export default template;
}
