/** Fields of forms, each with its label, what it is for, and what is wrong with it. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import {
  Button,
  Checkbox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';

interface FieldProps {
  readonly label: string;
  readonly about?: string | null | undefined;
  readonly error?: string | undefined;
}

export interface TextProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'number' | 'search' | 'email';
  readonly lines?: number;
  readonly required?: boolean;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
}

export function TextInput({
  label,
  about,
  error,
  value,
  onChange,
  type = 'text',
  lines,
  required,
  autoComplete,
  autoFocus,
  placeholder,
}: TextProps): ReactElement {
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      type={type}
      isRequired={required === true}
      isInvalid={error !== undefined}
      // What the server said holds up no further try.
      validationBehavior={error === undefined ? 'native' : 'aria'}
      {...(autoComplete === undefined ? {} : { autoComplete })}
      {...(autoFocus === undefined ? {} : { autoFocus })}
    >
      <Label>{label}</Label>
      {lines === undefined ? (
        <Input {...(placeholder === undefined ? {} : { placeholder })} />
      ) : (
        <TextArea rows={lines} spellCheck={false} {...(placeholder === undefined ? {} : { placeholder })} />
      )}
      {about != null && about !== '' && (
        <Text slot="description" className="quiet">
          {about}
        </Text>
      )}
      <FieldError>{error}</FieldError>
    </TextField>
  );
}

/**
 * A list, a line each. What is being typed stays as it is typed for as long as it means the value; a value from elsewhere takes its
 * place. `meant`: what of a line counts for that.
 */
export function LinesInput({
  label,
  about,
  value,
  onChange,
  meant = (line) => line,
}: FieldProps & {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly meant?: (line: string) => string;
}): ReactElement {
  const [typed, setTyped] = useState(value.join('\n'));
  const isMeant = linesOf(typed).map(meant).join('\n') === value.map(meant).join('\n');
  return (
    <TextInput
      label={label}
      about={about}
      lines={3}
      value={isMeant ? typed : value.join('\n')}
      onChange={(text) => {
        setTyped(text);
        onChange(linesOf(text));
      }}
    />
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function CheckInput({
  label,
  about,
  value,
  onChange,
}: FieldProps & { readonly value: boolean; readonly onChange: (value: boolean) => void }): ReactElement {
  return (
    <div className="field">
      <Checkbox className="check" isSelected={value} onChange={onChange}>
        <span className="check-box" aria-hidden="true" />
        {label}
      </Checkbox>
      {about != null && about !== '' && <span className="quiet">{about}</span>}
    </div>
  );
}

export interface Choice {
  readonly id: string;
  readonly text: string;
}

export function SelectInput({
  label,
  about,
  value,
  onChange,
  choices,
}: FieldProps & { readonly value: string; readonly onChange: (value: string) => void; readonly choices: readonly Choice[] }): ReactElement {
  return (
    <Select
      className="field"
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
    >
      <Label>{label}</Label>
      <Button className="select">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      {about != null && about !== '' && (
        <Text slot="description" className="quiet">
          {about}
        </Text>
      )}
      <Popover className="popover">
        <ListBox className="menu" items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.text} className="menu-item">
              {choice.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
