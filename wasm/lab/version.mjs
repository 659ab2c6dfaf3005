// Of the program, as package.json has it: it stands in what is handed in, since another version may give other bits.

export const version = '0.1.0';
