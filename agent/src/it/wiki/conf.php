<?php
define('DOKU_CONF', getenv('WIKI') . '/conf/');
