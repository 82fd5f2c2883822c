-- A3: a signature may be made without a network and be sent twice. Its id is made on the device, as a mark's: the second time nothing happens, also when the register was reopened meanwhile.
alter table register_events add column device_event uuid unique check (device_event is null or event = 'signed');
