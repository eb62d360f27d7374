/* What 112 asks, in the order it is asked. It stands here and not in content, because STOP opens before the services have
   said anything. */
export const stopFacts = [
  { id: 'what', answers: ['violence', 'accident', 'fire', 'ill'] },
  { id: 'where', answers: ['here', 'home', 'elsewhere'] },
  { id: 'when', answers: ['now', 'hour', 'today'] },
  { id: 'number', answers: ['have', 'none'] },
  { id: 'sendTo', answers: ['here', 'there'] },
  { id: 'hurt', answers: ['0', '1', '2', 'more'] },
] as const;
