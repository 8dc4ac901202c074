/** A remedy that could not be tried; the message is what the report says about it, without a full stop. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
}

/** A remedy that cannot be carried out: the change that it asks for is impossible in this project. */
export class CannotHelp extends Error {
  override readonly name = 'CannotHelp';
}
