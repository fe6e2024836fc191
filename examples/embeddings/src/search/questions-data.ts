/** Questions, and the text in which each is answered. */
export const QUESTIONS: readonly (readonly [question: string, text: string])[] = [
  ['Who could not reach the ripe grapes on the vine?', 'fox-and-grapes'],
  ['Why did she say that they are sour?', 'fox-and-grapes'],
  ['Which slow animal won the race?', 'hare-and-tortoise'],
  ['Who fell asleep by the wayside?', 'hare-and-tortoise'],
  ['How did the thirsty bird get at the water?', 'crow-and-pitcher'],
  ['What was dropped into the pitcher?', 'crow-and-pitcher'],
  ['Who passed the summer singing?', 'ants-and-grasshopper'],
  ['Who begged for food in winter?', 'ants-and-grasshopper'],
  ['What did the dog see in the stream?', 'dog-and-shadow'],
  ['Who lost a piece of meat on the bridge?', 'dog-and-shadow'],
  ['Who gnawed the rope and set a lion free?', 'lion-and-mouse'],
  ['Who spared a life and was repaid?', 'lion-and-mouse'],
]
