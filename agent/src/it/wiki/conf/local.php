<?php
$conf['title'] = 'Handbook';
$conf['useacl'] = 1;
$conf['disableactions'] = 'register';
$conf['savedir'] = getenv('WIKI') . '/data';
